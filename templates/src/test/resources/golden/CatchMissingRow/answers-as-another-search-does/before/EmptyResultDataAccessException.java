package org.springframework.dao;

/** Stands for the exception of a database library. */
public class EmptyResultDataAccessException extends RuntimeException {
  public EmptyResultDataAccessException() {
    super("Incorrect result size: expected 1, actual 0");
  }
}
