"""Ids that nobody can guess."""

from bala.kernel.public_ids import ALPHABET, LENGTH, new_public_id


def test_ids_are_long_and_do_not_repeat() -> None:
    ids = {new_public_id() for _ in range(5000)}
    assert len(ids) == 5000
    assert all(len(one) == LENGTH and set(one) <= set(ALPHABET) for one in ids)


def test_an_id_has_at_least_72_bits() -> None:
    assert len(set(ALPHABET)) ** LENGTH >= 2**72
