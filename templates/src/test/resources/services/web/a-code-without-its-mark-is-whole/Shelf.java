package shop;

class Shelf {
  Book add(BookRequest data) {
    if (data.isbn() == null) {
      throw new InvalidRequestException("isbn is required");
    }
    return new Book(data.isbn());
  }

  String group(Book book) {
    String isbn = book.isbn();
    return isbn.substring(0, isbn.indexOf('-'));
  }
}

record BookRequest(String isbn) {}

record Book(String isbn) {}
