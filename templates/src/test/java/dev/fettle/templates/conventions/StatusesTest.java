package dev.fettle.templates.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ResponseEntity.status(HttpStatus.NOT_FOUND).body(e.getMessage())",
        "ResponseEntity.status(NOT_FOUND).body(e.getMessage())",
        "ResponseEntity.status(404).build()",
        "ResponseEntity.notFound().build()",
        "new ResponseEntity<>(body(e), NOT_FOUND)",
        "ProblemDetail.forStatusAndDetail(NOT_FOUND, e.getMessage())",
        "ProblemDetail.forStatus(HttpStatusCode.valueOf(404))",
        "ResponseEntity.status(HttpStatus.valueOf(404)).build()",
        "error(404, e.getMessage())",
        "response.setStatus(404)",
        "response.sendError(HttpServletResponse.SC_NOT_FOUND)",
        "answer(\"see HttpStatus.CONFLICT\", HttpStatus.NOT_FOUND)"
      })
  void aHandlerSaysItsStatusInManyWays(String answer) {
    Statuses s =
        of(
            "class Gone extends RuntimeException {}",
            "class Errors { @ExceptionHandler(Gone.class) Object gone(Gone e) { return "
                + answer
                + "; } }");

    assertThat(s.of("Gone")).isEqualTo(404);
    assertThat(s.answering(404)).containsExactly("Gone");
  }

  @Test
  void anUnknownStatusIsNone() {
    Statuses s =
        of(
            "class Odd extends RuntimeException {}",
            "class Errors { @ExceptionHandler(Odd.class) Object odd(Odd e) {"
                + " return HttpStatus.valueOf(code(e)); } }");

    assertThat(s.of("Odd")).isZero();
  }

  @Test
  void theAnnotationOfAHandlerGoesBeforeItsBody() {
    Statuses s =
        of(
            "class Odd extends RuntimeException {}",
            "class Errors { @ExceptionHandler @ResponseStatus(code = BAD_REQUEST)"
                + " Object odd(Odd e, WebRequest r) { return new Body(HttpStatus.CONFLICT); } }");

    assertThat(s.of("Odd")).isEqualTo(400);
    assertThat(s.of("WebRequest")).isZero();
  }

  @Test
  void anExceptionHandsItsStatusToItsBaseClass() {
    Statuses s =
        of(
            """
            abstract class ApiException extends RuntimeException {
              private final HttpStatus status;
              ApiException(HttpStatus status, String m) { super(m); this.status = status; }
              HttpStatus getStatus() { return status; }
            }
            class NotFoundException extends ApiException {
              NotFoundException(String m) { super(HttpStatus.NOT_FOUND, m); }
            }
            class InvalidException extends ApiException {
              InvalidException(String m) { super(400, m); }
            }
            """,
            """
            class Errors {
              @ExceptionHandler(ApiException.class)
              ResponseEntity<String> api(ApiException ex) {
                HttpStatus s = ex.getStatus() == null ? HttpStatus.CONFLICT : ex.getStatus();
                return ResponseEntity.status(s).body(ex.getMessage());
              }
            }
            """);

    assertThat(s.answering(404)).containsExactly("NotFoundException");
    assertThat(s.answering(400)).containsExactly("InvalidException");
    assertThat(s.of("ApiException")).isZero();
  }

  @Test
  void anExceptionSaysItsStatusWhenAsked() {
    Statuses s =
        of(
            "class Missing extends Fault { int status() { return 404; } }",
            "class Fault extends RuntimeException { int status() { return 500; } }");

    assertThat(s.of("Missing")).isEqualTo(404);
    assertThat(s.of("Fault")).isEqualTo(500);
  }

  @Test
  void anErrorCodeCarriesAStatus() {
    Statuses s =
        of(
            """
            enum ErrorCode {
              UNKNOWN_USER(HttpStatus.NOT_FOUND, "no such user");
              ErrorCode(HttpStatus status, String text) {}
            }
            """,
            "class UserMissing extends RuntimeException {"
                + " UserMissing() { super(ErrorCode.UNKNOWN_USER); } }");

    assertThat(s.of("UserMissing")).isEqualTo(404);
  }

  @Test
  void theAdviceDecidesOverWhatAnExceptionCarries() {
    Statuses s =
        of(
            "class Base extends RuntimeException {}",
            "class Special extends Base { Special() { super(HttpStatus.CONFLICT); } }",
            "class Errors { @ExceptionHandler(Base.class) @ResponseStatus(HttpStatus.BAD_REQUEST)"
                + " String base(Base e) { return e.getMessage(); } }");

    assertThat(s.of("Special")).isEqualTo(400);
  }

  @Test
  void aLibrarysExceptionThatTheAdviceAnswersCanBeThrown() {
    Statuses s =
        of(
            """
            import jakarta.persistence.EntityNotFoundException;
            import org.springframework.web.bind.MethodArgumentNotValidException;
            class Errors {
              @ExceptionHandler(EntityNotFoundException.class)
              Object missing(EntityNotFoundException e) { return ResponseEntity.notFound().build(); }
              @ExceptionHandler(MethodArgumentNotValidException.class)
              Object bad() { return ResponseEntity.badRequest().build(); }
              @ExceptionHandler(org.acme.Refused.class)
              Object refused() { return ResponseEntity.badRequest().build(); }
            }
            """);

    assertThat(s.answering(404)).containsExactly("EntityNotFoundException");
    assertThat(s.ofLibrary("EntityNotFoundException"))
        .contains("jakarta.persistence.EntityNotFoundException");
    assertThat(s.answering(400)).containsExactly("Refused");
    assertThat(s.ofLibrary("Refused")).contains("org.acme.Refused");
  }

  @Test
  void anAbstractExceptionIsNeverThrown() {
    Statuses s =
        of(
            "@ResponseStatus(NOT_FOUND) abstract class Missing extends RuntimeException {}",
            "class OrderMissing extends Missing {}",
            "@ResponseStatus(HttpStatus.NOT_FOUND) class Page {}");

    assertThat(s.answering(404)).containsExactly("OrderMissing");
  }

  private static Statuses of(String... files) {
    return Statuses.of(CodeBase.of(files).declarations());
  }
}
