package dev.fettle.store;

/**
 * Which incidents to list.
 *
 * @param search words that all must occur in title, service, id, type or message, ignoring case;
 *     empty for all
 * @param offset incidents to skip
 * @param limit incidents to return at most
 */
public record IncidentQuery(String search, Sort sort, boolean descending, int offset, int limit) {

  /** Orders of a list. */
  public enum Sort {
    LAST_SEEN("last_seen"),
    FIRST_SEEN("first_seen"),
    COUNT("occurrences"),
    TITLE("title"),
    SERVICE("service");

    private final String column;

    Sort(String column) {
      this.column = column;
    }

    String column() {
      return column;
    }
  }

  public IncidentQuery {
    if (offset < 0 || limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("not a page: " + offset + ", " + limit);
    }
  }
}
