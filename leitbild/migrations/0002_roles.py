"""What each role may do in the administration of the guideline."""

from django.db import migrations

from accounts.roles import grant
from leitbild.roles import GRANTS


class Migration(migrations.Migration):
    dependencies = [("leitbild", "0001_initial"), ("accounts", "0002_roles")]

    operations = [migrations.RunPython(grant("leitbild", GRANTS), migrations.RunPython.noop)]
