

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='person',
            name='person_name_scan',
        ),
        migrations.RemoveIndex(
            model_name='person',
            name='person_mother_scan',
        ),
        migrations.AddField(
            model_name='household',
            name='search_key',
            field=models.CharField(blank=True, max_length=240),
        ),
        migrations.AddIndex(
            model_name='household',
            index=models.Index(fields=['village', 'posyandu', 'search_key'], name='household_search'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['village', 'name_key', 'mother_key', 'posyandu', 'is_current'], name='person_search'),
        ),
    ]
