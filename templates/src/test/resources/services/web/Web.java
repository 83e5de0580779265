package shop;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Stands for the annotations of a web framework. */
enum HttpStatus {
  NOT_FOUND,
  BAD_REQUEST
}

@Retention(RetentionPolicy.RUNTIME)
@interface ExceptionHandler {
  Class<?>[] value();
}

@Retention(RetentionPolicy.RUNTIME)
@interface ResponseStatus {
  HttpStatus value();
}

@Retention(RetentionPolicy.RUNTIME)
@interface PathVariable {}

class NotFoundException extends RuntimeException {
  NotFoundException(String what, Object id) {
    super(what + " " + id + " not found");
  }
}

class InvalidRequestException extends RuntimeException {
  InvalidRequestException(String message) {
    super(message);
  }
}

class Errors {
  @ExceptionHandler(NotFoundException.class)
  @ResponseStatus(HttpStatus.NOT_FOUND)
  String missing(NotFoundException e) {
    return e.getMessage();
  }

  @ExceptionHandler(InvalidRequestException.class)
  @ResponseStatus(HttpStatus.BAD_REQUEST)
  String invalid(InvalidRequestException e) {
    return e.getMessage();
  }
}
