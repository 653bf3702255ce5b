"""Starts .NET in this process, through hostfxr, and finds the entry points of ``Engine.dll``."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any, Optional

from .exceptions import EngineError

_PACKAGE = Path(__file__).resolve().parent
_LOAD_ASSEMBLY_AND_GET_FUNCTION_POINTER = 5
# Not the name of a delegate, but the mark of a method with [UnmanagedCallersOnly].
_UNMANAGED_CALLERS_ONLY = ctypes.c_void_p(-1)
# Another runtime of the same version was started in this process before: that one is used.
_SUCCESS_HOST_ALREADY_INITIALIZED = 1

_WINDOWS = sys.platform == "win32"
_HOSTFXR = {"win32": "hostfxr.dll", "darwin": "libhostfxr.dylib"}.get(sys.platform, "libhostfxr.so")


def _text(value: "str | Path") -> Any:
    """Text as hostfxr takes it: UTF-16 on Windows, bytes elsewhere."""
    return str(value) if _WINDOWS else os.fsencode(str(value))


def find_library() -> Path:
    """Returns ``Engine.dll``: in the folder that ENGINE_LIBRARY names, in this package, or as built in this checkout."""
    named = os.environ.get("ENGINE_LIBRARY")
    folders = [Path(named)] if named else [_PACKAGE / "lib", _PACKAGE.parent.parent / "artifacts" / "bin" / "Engine" / "release"]
    for folder in folders:
        if (folder / "Engine.dll").is_file():
            return (folder / "Engine.dll").resolve()
    raise EngineError(
        f"there is no Engine.dll in {' or '.join(map(str, folders))}; build it by `dotnet build Engine -c Release`, "
        "or set ENGINE_LIBRARY to the folder that has it."
    )


def find_hostfxr() -> Path:
    """Returns the newest hostfxr of an installed .NET: of DOTNET_ROOT, of the ``dotnet`` on the path, or of the usual places."""
    roots = [os.environ.get("DOTNET_ROOT")]
    if command := shutil.which("dotnet"):
        roots.append(str(Path(command).resolve().parent))
    if (location := Path("/etc/dotnet/install_location")).is_file():
        roots.append(location.read_text(encoding="utf-8").strip())
    roots += ["/usr/share/dotnet", "/usr/lib/dotnet", "/usr/local/share/dotnet", os.path.join(os.environ.get("ProgramFiles", ""), "dotnet")]
    for root in filter(None, roots):
        found = sorted(Path(root, "host", "fxr").glob(f"*/{_HOSTFXR}"), key=lambda path: [int(number) for number in re.findall(r"\d+", path.parent.name)])
        if found:
            return found[-1]
    raise EngineError("there is no .NET runtime here; install .NET 10 from https://dotnet.microsoft.com/download, or set DOTNET_ROOT to the folder that has it.")


class Host:
    """A started runtime, and the functions of one assembly."""

    def __init__(self) -> None:
        self._library = find_library()
        path = find_hostfxr()
        try:
            fxr = ctypes.CDLL(str(path))
        except OSError as error:
            raise EngineError(f"{path} does not load: {error}") from error
        config = _PACKAGE / "engine.runtimeconfig.json"
        context = ctypes.c_void_p()
        code = fxr.hostfxr_initialize_for_runtime_config(_text(config), None, ctypes.byref(context))
        if code not in (0, _SUCCESS_HOST_ALREADY_INITIALIZED):
            raise EngineError(f"{path} does not start the runtime of {config}: error {code & 0xFFFFFFFF:#x}; .NET 10 or newer is needed, `dotnet --list-runtimes` shows what there is.")
        load = ctypes.c_void_p()
        code = fxr.hostfxr_get_runtime_delegate(context, _LOAD_ASSEMBLY_AND_GET_FUNCTION_POINTER, ctypes.byref(load))
        fxr.hostfxr_close(context)
        if code != 0:
            raise EngineError(f"{path} does not start .NET: error {code & 0xFFFFFFFF:#x}.")
        text = ctypes.c_wchar_p if _WINDOWS else ctypes.c_char_p
        self._load = ctypes.CFUNCTYPE(ctypes.c_int, text, text, text, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)(load.value or 0)

    def function(self, type_name: str, method: str, *argument_types: Any) -> Any:
        """Returns an entry point; ctypes lets go of Python's lock while it runs."""
        pointer: Optional[ctypes.c_void_p] = ctypes.c_void_p()
        code = self._load(_text(self._library), _text(f"Engine.Interop.{type_name}, Engine"), _text(method), _UNMANAGED_CALLERS_ONLY, None, ctypes.byref(pointer))
        if code != 0 or not pointer.value:
            raise EngineError(f"{self._library} has no entry point {type_name}.{method}: error {code & 0xFFFFFFFF:#x}; build it from the same commit as this package.")
        return ctypes.CFUNCTYPE(ctypes.c_int, *argument_types)(pointer.value)
