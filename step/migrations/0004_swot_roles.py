"""What each role may do with strengths and weaknesses and with the indicators of plans in the administration."""

from django.db import migrations

from accounts.roles import grant
from step.roles import GRANTS

MODELS = ["swotentry", "planindicator"]


class Migration(migrations.Migration):
    dependencies = [("step", "0003_swot"), ("accounts", "0002_roles")]

    operations = [
        migrations.RunPython(grant("step", {name: GRANTS[name] for name in MODELS}), migrations.RunPython.noop)
    ]
