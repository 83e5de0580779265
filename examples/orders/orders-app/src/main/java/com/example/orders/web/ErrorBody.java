package com.example.orders.web;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_NULL)
record ErrorBody(String error, String message, String reference) {

  static ErrorBody of(String error, String message) {
    return new ErrorBody(error, message, null);
  }

  static ErrorBody internal(String reference) {
    return new ErrorBody("internal", null, reference);
  }
}
