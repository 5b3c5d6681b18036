"""`python -m commentary`: the command line."""

from commentary.cli import main

main(prog_name="commentary")
