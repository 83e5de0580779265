package com.example.orders.web;

import com.example.orders.domain.BusinessRuleException;
import com.example.orders.domain.InvalidRequestException;
import com.example.orders.domain.NotFoundException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

@RestControllerAdvice
class ApiErrors extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ApiErrors.class);

  @ExceptionHandler
  @ResponseStatus(HttpStatus.NOT_FOUND)
  ErrorBody notFound(NotFoundException e) {
    return ErrorBody.of("not_found", e.getMessage());
  }

  @ExceptionHandler
  @ResponseStatus(HttpStatus.BAD_REQUEST)
  ErrorBody invalidRequest(InvalidRequestException e) {
    return ErrorBody.of("invalid_request", e.getMessage());
  }

  @ExceptionHandler
  @ResponseStatus(HttpStatus.UNPROCESSABLE_ENTITY)
  ErrorBody ruleViolated(BusinessRuleException e) {
    return ErrorBody.of("rule_violated", e.getMessage());
  }

  @ExceptionHandler(Exception.class)
  @ResponseStatus(HttpStatus.INTERNAL_SERVER_ERROR)
  ErrorBody unexpected(Exception e) {
    String reference = UUID.randomUUID().toString();
    log.error("request failed, reference {}", reference, e);
    return ErrorBody.internal(reference);
  }

  @Override
  protected ResponseEntity<Object> handleExceptionInternal(
      Exception e, Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    String error = status.value() == 404 ? "not_found" : "invalid_request";
    return super.handleExceptionInternal(
        e, ErrorBody.of(error, "the request cannot be handled"), headers, status, request);
  }
}
