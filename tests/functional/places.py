"""The pages a person sees, each with a name for its picture."""

from __future__ import annotations

import re

from playwright.sync_api import Page


def find_places(page: Page, address: str) -> dict[str, str]:
    """Every page by name; the ones of a single thing are found by following links as a person would."""

    def first_link(on: str, pattern: str) -> str:
        page.goto(address + on)
        links = page.eval_on_selector_all("main a", "all => all.map(a => a.getAttribute('href'))")
        return next(link.replace("&amp;", "&") for link in links if link and re.search(pattern, link))

    waiting = first_link("/", r"/review$").removesuffix("/review")
    accepted = first_link("/documents", r"^/documents/(?!add)[0-9a-f-]+$")
    item = first_link("/register?kind=area_for_improvement", r"^/register/[A-Z]")
    judgement = first_link("/register?kind=judgement&source=inspectorate", r"^/register/[A-Z]")
    template_return = first_link("/templates", r"^/templates/returns/[0-9a-f-]{36}$")
    returning = first_link("/register?year=2024&words=evaluate", r"^/register/[A-Z]")
    edit = first_link(f"{waiting}/review?page=2", r"/edit$")
    worked_on = first_link("/register?delivery=planned", r"^/register/[A-Z]")
    return {
        "home": "/",
        "register": "/register",
        "register-filtered": "/register?kind=area_for_improvement&sort=area",
        "register-nothing-found": "/register?kind=recommendation&words=zebra",
        "item": item,
        "item-worked-on": worked_on,
        "item-step": f"{worked_on}/step/sign-off",
        "item-links": f"{worked_on}/belongs",
        "item-judgement": judgement,
        "documents": "/documents",
        "document": accepted,
        "document-waiting": waiting,
        "document-page": f"{waiting}/pages/2",
        "document-page-as-text": f"{waiting}/pages/2?show=text",
        "document-facts": f"{waiting}/facts",
        "document-describe": f"{waiting}/describe",
        "document-add": "/documents/add",
        "review": f"{waiting}/review?page=2",
        "review-edit": edit,
        "forces": "/forces",
        "force": "/forces/CVP",
        "search": "/search?q=victims",
        "search-nothing-found": "/search?q=zebra",
        "audit-trail": "/audit-trail",
        "account": "/account",
        "people": "/people",
        "person": first_link("/people", r"^/people/[0-9a-f-]{36}$"),
        "person-add": "/people/add",
        "owners": "/owners",
        "owner-add": "/owners/add",
        "templates": "/templates",
        "template-new": "/templates/new?kind=area_for_improvement",
        "template-return": template_return,
        "template-return-missing": f"{template_return}?part=missing",
        "themes": "/themes",
        "theme": "/themes/evaluating-what-works",
        "same-point": f"{returning}/same-point",
        "criticism": f"{waiting}/criticism",
        "assurance": "/assurance",
        "rounds": "/rounds",
        "round": first_link("/rounds", r"^/rounds/[0-9a-f-]{36}$"),
        "round-new": "/rounds/new",
        "responses": "/responses",
        "indicators": "/indicators",
        "indicator": "/indicators/nottinghamshire-2018-21/4C.8",
        "papers": "/papers?report=committee",
        "not-found": "/nowhere",
    }
