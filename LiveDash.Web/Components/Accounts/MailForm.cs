namespace LiveDash.Web.Components.Accounts;

/// <summary>The fields of a change of one's address of mail.</summary>
internal sealed class MailForm
{
    /// <summary>The address; nothing for none.</summary>
    public string? Mail { get; set; }

    /// <summary>The password of now.</summary>
    public string? Password { get; set; }
}
