"""Run ``cchc`` as ``python -m cchc_calc``."""

from cchc_calc.cli import main

if __name__ == "__main__":
    main()
