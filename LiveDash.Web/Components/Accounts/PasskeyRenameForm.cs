namespace LiveDash.Web.Components.Accounts;

/// <summary>The fields of another name of a passkey.</summary>
internal sealed class PasskeyRenameForm
{
    /// <summary>Which one.</summary>
    public string? Id { get; set; }

    /// <summary>What it is called from now on.</summary>
    public string? Name { get; set; }
}
