"""What are frameworks, areas and grades called on a page?"""

from __future__ import annotations

from django.conf import settings

from bluelamp.inspections.frameworks import Framework, load_frameworks


def find_framework(slug: str) -> Framework | None:
    return load_frameworks(settings.WORKSPACE_DEFINITIONS).get(slug)


def framework_name(slug: str) -> str:
    """The framework's name; the slug itself where no definition has it."""
    framework = find_framework(slug)
    return framework.name if framework else slug


def grade_name(framework: Framework | None, slug: str) -> str:
    found = next((grade.name for grade in framework.grades if grade.slug == slug), "") if framework else ""
    return found or slug.replace("-", " ").capitalize()


def area_name(framework: Framework | None, slug: str) -> str:
    area = framework.area(slug) if framework else None
    return area.name if area else slug.replace("-", " ").capitalize()
