"""What each role may do with polls in the administration."""

from django.db import migrations

from accounts.roles import grant
from participation.roles import GRANTS


class Migration(migrations.Migration):
    dependencies = [("participation", "0003_polls"), ("accounts", "0002_roles")]

    operations = [migrations.RunPython(grant("participation", GRANTS), migrations.RunPython.noop)]
