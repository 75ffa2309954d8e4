"""便民物品: umbrellas, trolleys, wheelchairs that the counter lends to residents and visitors (DESK-13)."""
