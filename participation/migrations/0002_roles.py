"""What each role may do in the administration of the dialogue."""

from django.db import migrations

from accounts.roles import grant
from participation.roles import GRANTS


class Migration(migrations.Migration):
    dependencies = [("participation", "0001_initial"), ("accounts", "0002_roles")]

    operations = [migrations.RunPython(grant("participation", GRANTS), migrations.RunPython.noop)]
