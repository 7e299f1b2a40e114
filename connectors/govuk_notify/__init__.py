"""GOV.UK Notify: e-mails, text messages and letters to people."""
