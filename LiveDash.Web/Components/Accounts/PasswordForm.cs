namespace LiveDash.Web.Components.Accounts;

/// <summary>The fields of a change of one's password.</summary>
internal sealed class PasswordForm
{
    /// <summary>The password of now.</summary>
    public string? Now { get; set; }

    /// <summary>The other one.</summary>
    public string? Password { get; set; }

    /// <summary>The other one once more.</summary>
    public string? Again { get; set; }
}
