"""Is Spark's address read as it was meant, and said without its secrets?"""

from __future__ import annotations

import socket
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.lib.errors import PlainError
from bluelamp.performance.spark.address import Reach, check_answers, read_address

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("said", "reach", "hosts"),
    [
        ("local", Reach.LOCAL, ()),
        ("local[*]", Reach.LOCAL, ()),
        ("local[12]", Reach.LOCAL, ()),
        ("spark://10.0.0.1:7077", Reach.CLUSTER, (("10.0.0.1", 7077),)),
        ("spark://a.police.example:7077,b-2:7078", Reach.CLUSTER, (("a.police.example", 7077), ("b-2", 7078))),
        ("spark://[::1]:7077", Reach.CLUSTER, (("::1", 7077),)),
        ("sc://spark.example", Reach.CONNECT, (("spark.example", 15002),)),
        ("sc://spark.example:443/;use_ssl=true;token=hush", Reach.CONNECT, (("spark.example", 443),)),
    ],
)
def test_three_kinds_of_address(said: str, reach: Reach, hosts: tuple[tuple[str, int], ...]) -> None:
    address = read_address(said)
    assert (address.reach, address.hosts) == (reach, hosts)
    assert "hush" not in address.shown
    assert address.url == ("local[*]" if said == "local" else said)


@pytest.mark.parametrize(
    "said",
    [
        *("", "yarn", "local[0]", "local[2", "LOCAL", "spark://", "spark://host", "spark://host:x"),
        *("spark://a:1,", "sc://", "http://a:1", "spark://a:1 --conf x=y", "sc://a/;token=hush\n", "k8s://a"),
    ],
)
def test_other_words_are_refused_with_what_there_is(said: str) -> None:
    with pytest.raises(PlainError, match="write local") as refused:
        read_address(said)
    assert "hush" not in str(refused.value)


@given(st.text(max_size=40))
def test_any_text_is_an_address_or_a_sentence(said: str) -> None:
    for words in (said, f"sc://{said}", f"spark://{said}"):
        with suppress(PlainError):
            assert read_address(words).reach in Reach


def test_what_is_on_this_machine_alone_is_told() -> None:
    assert read_address("local[2]").on_loopback
    assert read_address("spark://127.0.0.1:7077").on_loopback
    assert not read_address("spark://127.0.0.1:7077,10.0.0.2:7077").on_loopback


def test_where_nothing_listens_is_said_at_once() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound, and not listening
        port = closed.getsockname()[1]
        for said in (f"spark://127.0.0.1:{port}", f"sc://127.0.0.1:{port}/;token=hush", "spark://127.0.0.1:99999"):
            with pytest.raises(PlainError, match="Nothing answers at s") as refused:
                check_answers(read_address(said))
            assert "hush" not in str(refused.value)


def test_one_master_that_listens_is_enough() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening, socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        there, gone = listening.getsockname()[1], closed.getsockname()[1]
        check_answers(read_address(f"spark://127.0.0.1:{gone},127.0.0.1:{there}"))
    check_answers(read_address("local"))
