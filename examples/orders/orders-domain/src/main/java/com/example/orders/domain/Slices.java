package com.example.orders.domain;

import java.util.List;

public final class Slices {

  private Slices() {}

  /** The elements from index {@code from}, inclusive, to {@code to}, exclusive; shorter at the end of the list. */
  public static <T> List<T> slice(List<T> all, int from, int to) {
    if (from >= all.size()) {
      return List.of();
    }
    return List.copyOf(all.subList(from, Math.min(to, all.size())));
  }
}
