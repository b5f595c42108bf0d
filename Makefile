# What can be done here, each from a fresh clone. Needs python3 (3.11 or newer), pip, make and git.
SHELL := /bin/bash
export UV_PYTHON_DOWNLOADS := never
UV := .tools/bin/uv
RUN := .venv/bin/

.PHONY: setup demo test check bench guide corpus clean

setup: .venv/.ready  ## everything installed in .venv, from the lockfile

.tools/bin/uv:
	python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target .tools 'uv>=0.5'

.venv/.ready: .tools/bin/uv pyproject.toml uv.lock
	$(UV) sync --frozen --quiet --all-extras
	@touch $@

# What runs the desk, without what tests it and without Spark: a fresh clone is quicker to see.
READY := $(if $(wildcard .venv/.ready),.venv/.ready,.venv/.run)

.venv/.run: .tools/bin/uv pyproject.toml uv.lock
	$(UV) sync --frozen --quiet --no-dev
	@touch $@

demo: $(READY)  ## an example workspace, its register's summary, and the desk in your browser
	$(RUN)bluelamp --workspace build/demo demo

test: setup  ## every test, on SQLite and then on PostgreSQL
	.ci/tests

check: setup  ## format, lint, types, floors, migrations, generated docs: everything wrong at once
	.ci/check

bench: setup  ## the figures that matter, as ratios in one run
	$(RUN)python -m bench

corpus: setup  ## what the readers find in our own documents, and the checker of planted faults in made papers
	$(RUN)python -m tests.golden.report
	$(RUN)python -m tests.corpus.report

guide: setup  ## the guide's screenshots, taken anew by the browser tests
	BLUELAMP_SCREENSHOTS=build/screenshots $(RUN)pytest -q tests/functional
	$(RUN)python -m docs.guide.pictures build/screenshots

clean:
	rm -rf .venv .tools build
