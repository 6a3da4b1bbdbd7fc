"""Stands in for PyTorch: nothing is reduced, and STUB_SECONDS is what a reduction takes."""

import os
from types import SimpleNamespace

if os.environ.get("STUB_MISSING"):
    raise ImportError("No module named 'torch'")

float32, float64 = "float32", "float64"
cuda = SimpleNamespace(set_device=lambda local: os.environ.update(STUB_DEVICE=str(local)), synchronize=lambda: None)


def zeros(count, dtype, device):
    return {"count": count, "dtype": dtype, "device": device}


def tensor(values, dtype, device):
    return list(values)
