"""What each role may do with flags, appeals and addresses in the administration."""

from django.db import migrations

from accounts.roles import grant
from participation.roles import GRANTS

NEW = {model: GRANTS[model] for model in ("flag", "appeal", "address")}


class Migration(migrations.Migration):
    dependencies = [("participation", "0003_moderation_treatment_invitation")]

    operations = [migrations.RunPython(grant("participation", NEW), migrations.RunPython.noop)]
