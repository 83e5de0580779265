package dev.fettle.server.pages;

import dev.fettle.store.StorageException;
import java.util.Map;
import java.util.Objects;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** Answers people with a page where programs get a problem document. */
@ControllerAdvice(basePackageClasses = PageProblems.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class PageProblems {
  @ExceptionHandler
  ModelAndView refused(ResponseStatusException e) {
    return page(e.getStatusCode(), Objects.toString(e.getReason(), ""));
  }

  @ExceptionHandler
  ModelAndView full(StorageException.Full e) {
    return page(
        HttpStatus.INSUFFICIENT_STORAGE,
        "The disk is full, or the database has grown to its limit: this was not stored.");
  }

  private static ModelAndView page(HttpStatusCode status, String message) {
    HttpStatus known = HttpStatus.resolve(status.value());
    return new ModelAndView(
        "error",
        Map.of(
            "status",
            status.value(),
            "error",
            known == null ? "" : known.getReasonPhrase(),
            "message",
            message),
        status);
  }
}
