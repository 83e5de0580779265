package com.example.orders.web;

import com.example.orders.domain.InvalidRequestException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

final class RequestDates {

  private RequestDates() {}

  static LocalDate parse(String parameter, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new InvalidRequestException(parameter + " must be a date such as 2024-05-31");
    }
  }
}
