package shop;

import java.util.Optional;

@interface ExceptionHandler {
  Class<?>[] value();
}

enum HttpStatus {
  NOT_FOUND
}

class MissingException extends RuntimeException {
  MissingException(String message) {
    super(message);
  }
}

class Advice {
  @ExceptionHandler(MissingException.class)
  Object missing(MissingException e) {
    return HttpStatus.NOT_FOUND;
  }
}

record Note(String text) {}

interface NoteRepository {
  Optional<Note> findById(Long id);
}

class Notes {
  private final NoteRepository notes = id -> Optional.empty();

  String text(Long id) {
    Note note = notes.findById(id).get();
    return note.text();
  }
}
