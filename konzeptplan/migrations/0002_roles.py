"""What each role may do in the administration of sessions and decisions."""

from django.db import migrations

from accounts.roles import grant
from konzeptplan.roles import GRANTS


class Migration(migrations.Migration):
    dependencies = [("konzeptplan", "0001_initial"), ("accounts", "0002_roles")]

    operations = [migrations.RunPython(grant("konzeptplan", GRANTS), migrations.RunPython.noop)]
