"""The saved run of a flow engine goes: the history alone says where a case stands."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0001_initial")]
    operations: ClassVar = [migrations.RemoveField(model_name="case", name="saved")]
