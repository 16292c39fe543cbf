"""The one page that asks, before each meeting: coming? care? depute? travel? print? And who came."""
