"""The words of allauth in ours, English and Welsh, as gettext catalogues that Django finds here."""
