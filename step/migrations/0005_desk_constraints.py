from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('step', '0004_desk_roles')]

    operations = [
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['delayed', 'blocked']), _negated=True), models.Q(('unblocked_by_de__isnull', False), models.Q(('unblocked_by_de', ''), _negated=True), ('must_act_de__isnull', False), models.Q(('must_act_de', ''), _negated=True)), _connector='OR'), name='step_measure_stuck_has_way_out'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approval', 'sent_back'), _negated=True), models.Q(('approval_note', ''), _negated=True), _connector='OR'), name='step_measure_sent_back_has_reason'),
        ),
    ]
