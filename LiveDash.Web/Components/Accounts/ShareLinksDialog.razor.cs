using LiveDash.Core.Accounts;
using LiveDash.Web.Components.Dashboards;
using LiveDash.Web.Security.Identity;
using LiveDash.Web.Security.Sharing;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Accounts;

/// <summary>Makes and revokes addresses by which one dashboard is looked at without an account.</summary>
public sealed partial class ShareLinksDialog : HandOnDialogBase
{
    private IReadOnlyList<ShareLink> _links = [];
    private string _name = "";
    private string _password = "";
    private int _days;

    /// <summary>What is chosen of its variables: what a new address is fixed to.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, string> Values { get; set; } = new Dictionary<string, string>();

    [Inject]
    private ShareBook Shares { get; set; } = default!;

    [Inject]
    private IServiceProvider Services { get; set; } = default!;

    /// <inheritdoc/>
    protected override string Refused => "You may not share this dashboard.";

    /// <inheritdoc/>
    protected override void Look(bool may) => _links = may ? Shares.Of(Dashboard.Id) : [];

    private Task MakeAsync() => TryAsync(async _ =>
    {
        var now = Time.GetUtcNow();
        if (_password.Length > PasswordRules.MaxLength) throw new AccountRuleException($"A password has at most {PasswordRules.MaxLength} characters.");
        var hash = _password.Length > 0 ? Services.GetRequiredService<SharedCookies>().Hash(_password) : null;
        var token = await Shares.MakeAsync(
            new ShareLink
            {
                Id = "", Dashboard = Dashboard.Id, Name = _name.Trim(), PasswordHash = hash,
                ExpiresAt = _days > 0 ? now.AddDays(Math.Min(_days, 3650)) : null, MadeAt = now, MadeBy = Visitor.Name ?? "", Variables = Values,
            },
            CancellationToken.None);
        Tell("share/" + token);
        (_name, _password) = ("", "");
    });

    private Task RevokeAsync(ShareLink link) => TryAsync(_ => Shares.RevokeAsync(link.Id, CancellationToken.None));
}
