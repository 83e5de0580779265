package shop;

enum HttpStatus {
  NOT_FOUND,
  BAD_REQUEST
}

class ApiException extends RuntimeException {
  private final HttpStatus status;

  private ApiException(HttpStatus status, String message) {
    super(message);
    this.status = status;
  }

  static ApiException notFound(String what, Object key) {
    return new ApiException(HttpStatus.NOT_FOUND, what + " " + key + " does not exist");
  }

  static ApiException badRequest(String message) {
    return new ApiException(HttpStatus.BAD_REQUEST, message);
  }

  HttpStatus status() {
    return status;
  }
}
