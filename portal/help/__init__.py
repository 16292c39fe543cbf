"""Help: who to ask, and for each role what there is to do, in pictures, with the questions people ask."""
