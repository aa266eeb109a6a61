"""What each role may do with indicators, their values and the reviews of goals in the administration."""

from django.db import migrations

from accounts.roles import grant
from leitbild.roles import GRANTS

MODELS = ["indicator", "indicatorvalue", "evaluation"]


class Migration(migrations.Migration):
    dependencies = [("leitbild", "0003_indicators"), ("accounts", "0002_roles")]

    operations = [
        migrations.RunPython(grant("leitbild", {name: GRANTS[name] for name in MODELS}), migrations.RunPython.noop)
    ]
