"""What each role may do in the administration of plans, places and measures."""

from django.db import migrations

from accounts.roles import grant
from step.roles import GRANTS


class Migration(migrations.Migration):
    dependencies = [("step", "0001_initial"), ("accounts", "0002_roles")]

    operations = [migrations.RunPython(grant("step", GRANTS), migrations.RunPython.noop)]
