package shop;

import java.util.Map;

class Shelves {
  private static final String[] NAMES = {"A", "B", "C"};

  private final Map<Long, Book> books = Map.of(1L, new Book(1, "Emil"));

  Book book(long id) {
    Book book = books.get(id);
    if (book == null) {
      throw new NotFoundException("book", id);
    }
    return book;
  }

  String[] page(int size) {
    if (size < 1) {
      throw new InvalidRequestException("size counts from 1");
    }
    return new String[size];
  }

  String name(int number) {
    return NAMES[number];
  }
}

record Book(long id, String title) {}

class ShelfController {
  private final Shelves shelves = new Shelves();

  String shelf(@PathVariable int number) {
    return shelves.name(number);
  }
}
