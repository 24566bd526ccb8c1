namespace LiveDash.Web.Components.Accounts;

/// <summary>The fields of a change of one's address of mail.</summary>
internal sealed class MailForm
{
    /// <summary>The address; nothing for none.</summary>
    public string? Mail { get; set; }

    /// <summary>The password of now.</summary>
    public string? Password { get; set; }

    /// <summary>A code of the app, or a recovery code, where the account has a second factor.</summary>
    public string? Code { get; set; }
}
