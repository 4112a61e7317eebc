"""The version of the library, which workbooks and add-ins carry too."""

VERSION = "0.1.0"
