"""News begin with the next entry of the audit trail; and the trail forgets what older entries quoted of contributions."""

from django.db import migrations
from django.db.models import Max


def begin_here(apps, schema_editor):
    entries = apps.get_model("accounts", "AuditEntry").objects
    entries.filter(record__startswith="participation.contribution:").update(label="")
    last = entries.aggregate(last=Max("pk"))["last"] or 0
    apps.get_model("participation", "NewsCursor").objects.create(told_until=last)


def forget(apps, schema_editor):
    apps.get_model("participation", "NewsCursor").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("participation", "0003_following_and_news"), ("accounts", "0005_outbox_roles")]

    operations = [migrations.RunPython(begin_here, forget)]
