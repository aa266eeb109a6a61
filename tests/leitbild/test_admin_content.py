"""Every kind of real record can be opened at the desk."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.test import Client

from accounts.roles import Role
from tests.leitbild.test_admin import MODELS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]


@pytest.mark.parametrize("model", MODELS)
def test_a_planner_opens_a_record_for_editing(model: str, as_role: Callable[..., Client]) -> None:
    record = apps.get_model("leitbild", model)._default_manager.first()
    response = as_role(Role.PLANNER).get(f"/admin/leitbild/{model}/{record.pk}/change/")
    assert response.status_code == 200
    assert 'name="_save"' in response.content.decode()
