package dev.fettle.server.api;

import dev.fettle.store.StorageException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Says to people and programs that nothing can be written, which is not their fault. */
@RestControllerAdvice
class StorageProblems {
  @ExceptionHandler
  ProblemDetail full(StorageException.Full e) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.INSUFFICIENT_STORAGE,
        "the disk is full, or the database has grown to fettle.database-limit: this was not"
            + " stored. What is known can be read; make room and try again");
  }
}
