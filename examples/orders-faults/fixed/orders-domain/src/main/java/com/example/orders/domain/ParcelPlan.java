package com.example.orders.domain;

public final class ParcelPlan {

  private static final int ITEMS_PER_PARCEL = 6;

  private ParcelPlan() {}

  public static int parcelsFor(int items) {
    if (items <= 0) {
      return 0;
    }
    return 1 + parcelsFor(items - ITEMS_PER_PARCEL);
  }
}
