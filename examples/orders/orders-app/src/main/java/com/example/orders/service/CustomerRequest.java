package com.example.orders.service;

public record CustomerRequest(String name, String email, String phone) {}
