namespace LiveDash.Core.Accounts;

/// <summary>A change of accounts that is against a rule, such as to take away the last administrator. The message is a sentence for the person who asked.</summary>
public sealed class AccountRuleException(string message) : Exception(message);
