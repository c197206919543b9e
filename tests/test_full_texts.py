"""Full texts are kept under names that are safe, and given back as they were."""

import re
from pathlib import Path

import pytest
from conftest import paper
from disks import *  # noqa: F403
