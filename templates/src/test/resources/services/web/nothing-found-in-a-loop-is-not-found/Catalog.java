package shop;

import java.util.List;

class Catalog {
  private final List<Book> books =
      List.of(new Book("Faust", 200, List.of("drama")), new Book("Emil", 150, List.of("berlin")));

  Book byTitle(String title) {
    for (Book book : books) {
      if (book.title().equals(title)) {
        return book;
      }
    }
    throw new NotFoundException("book", title);
  }

  void rename(RenameRequest request) {
    if (request.title() == null) {
      throw new InvalidRequestException("title is required");
    }
  }

  String longest(String tag) {
    Book longest = null;
    for (Book book : books) {
      if (book.tags().contains(tag) && (longest == null || book.pages() > longest.pages())) {
        longest = book;
      }
    }
    return longest.title();
  }
}

record Book(String title, int pages, List<String> tags) {}

record RenameRequest(String title) {}
