using System.Net;
using System.Text.RegularExpressions;
using LiveDash.Core.Accounts;
using LiveDash.Core.Notifications;
using LiveDash.Tests.Shared;
using LiveDash.Web.Security;
using LiveDash.Web.Security.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Security;

/// <summary>Another password by mail: who asks learns nothing, and who owns the account gets one address.</summary>
public sealed class ForgottenPasswordTests(AccountsFixture fixture) : IClassFixture<AccountsFixture>
{
    private const string Path = "/sign-in/forgotten";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly AccountsApp _accounts = fixture.Accounts;

    [Fact]
    public async Task Forgotten_KnownAndUnknown_GetOneAnswerAndTheOwnerAMailThatWorksOnce()
    {
        using var receiver = new MailReceiver();
        await MailByAsync(receiver.Port);
        var ada = await _accounts.AddAsync("ada", AccountRole.Editor);
        await _accounts.AddAsync("without", AccountRole.Viewer);
        using var owner = await _accounts.SignedInAsync("ada", address: "10.1.0.1");
        using (var kept = await owner.SubmitAsync("/account/mail", ("Form.Mail", "ada@example.org"), ("Form.Password", Person.Password))) Assert.NotNull(kept.Headers.Location);
        using var person = new Person(_accounts.App, "10.1.0.2");
        Assert.Contains("sign-in/forgotten", await (await person.PageAsync("/sign-in")).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var answers = new List<string>();
        foreach (var name in new[] { "nobody", "without", "nobody@example.org", "ADA@example.org", "ada" })
        {
            using var answer = await person.SubmitAsync(Path, ("Name", name));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            // But for what Blazor keeps in comments, which is another each time.
            answers.Add(Regex.Replace(await answer.Content.ReadAsStringAsync(), "<!--.*?-->", "", RegexOptions.Singleline));
        }

        Assert.Single(answers.Distinct());
        var lines = await receiver.Received.WaitAsync(s_patience);
        Assert.Contains(lines, static line => line.StartsWith("RCPT TO:<ada@example.org>", StringComparison.Ordinal));
        var text = string.Join('\n', lines).Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
        var link = Regex.Match(text, @"http://127\.0\.0\.1:\d+/join/([\w-]+)");
        Assert.True(link.Success, text);
        // Of the two that were known one mail was made, and it is good for an hour.
        var ticket = Assert.Single(_accounts.App.Services.GetRequiredService<TicketBook>().Open(fixture.Time.GetUtcNow()), one => one.UserId == ada.Id);
        Assert.Equal(ForgottenPasswords.Life, ticket.ExpiresAt - ticket.MadeAt);

        using var done = await person.SubmitAsync("/join/" + link.Groups[1].Value, ("Form.Password", "another four words"), ("Form.Again", "another four words"));
        Assert.Equal(HttpStatusCode.OK, await person.StatusAsync("/api/series"));
        Assert.Equal(HttpStatusCode.Unauthorized, await owner.StatusAsync("/api/series"));
        using var again = await new Person(_accounts.App, "10.1.0.3").PageAsync("/join/" + link.Groups[1].Value);
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
    }

    [Theory]
    [InlineData("by an administrator")]
    [InlineData("by its owner")]
    [InlineData("another password")]
    public async Task Link_ThatWasMailed_OpensNothingOnceMailOrPasswordIsAnother(string how)
    {
        var (name, address) = ("link" + how.Length, "10.4.0." + how.Length);
        var user = await _accounts.AddAsync(name, AccountRole.Viewer);
        using var owner = await _accounts.SignedInAsync(name, address: address);
        var tickets = _accounts.App.Services.GetRequiredService<TicketBook>();
        var now = fixture.Time.GetUtcNow();
        var token = await tickets.MakeAsync(id => new AccountTicket { Id = id, Purpose = TicketPurpose.Reset, ExpiresAt = now + ForgottenPasswords.Life, UserId = user.Id, MadeBy = "" }, now, default);

        if (how == "by an administrator") await _accounts.App.Services.GetRequiredService<AccountDesk>().SetMailAsync(user, "other@example.org");
        else if (how == "by its owner") (await owner.SubmitAsync("/account/mail", ("Form.Mail", "own@example.org"), ("Form.Password", Person.Password))).Dispose();
        else (await owner.SubmitAsync("/account/password", ("Form.Now", Person.Password), ("Form.Password", "another four words"), ("Form.Again", "another four words"))).Dispose();

        using var opened = await new Person(_accounts.App, address).PageAsync("/join/" + token);
        Assert.Equal(HttpStatusCode.Gone, opened.StatusCode);
    }

    [Fact]
    public async Task Forgotten_AskedForByAForeignHost_LeadsToTheAddressOfTheSettings()
    {
        // What a request calls the host is not what the mail says: made of settings alone.
        var address = _accounts.App.Services.GetRequiredService<PublicAddress>().Base();

        Assert.Equal(_accounts.App.Address.ToString().TrimEnd('/'), address);
        using var person = new Person(_accounts.App, "10.2.0.1");
        using var answer = await person.PageAsync(Path, ("Host", "evil.example"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Mail_OfOnesOwn_NeedsThePasswordAndIsOneAddress()
    {
        using var owner = await _accounts.SignedInAsync("bert", address: "10.3.0.1");
        AccountUser Bert() => _accounts.App.Services.GetRequiredService<AccountBook>().FindByName("BERT")!;

        using (var wrong = await owner.SubmitAsync("/account/mail", ("Form.Mail", "thief@example.org"), ("Form.Password", "not the password"))) Assert.Contains("The password is not right.", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var bad in new[] { "a@b.org,c@d.org", "Bert <a@b.org>", "nobody", "a@b.org\r\nBcc: c@d.org" })
        {
            using var refused = await owner.SubmitAsync("/account/mail", ("Form.Mail", bad), ("Form.Password", Person.Password));
            Assert.Contains("no address of mail", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Null(Bert().Email);
        using var kept = await owner.SubmitAsync("/account/mail", ("Form.Mail", "bert@example.org"), ("Form.Password", Person.Password));
        Assert.Equal("bert@example.org", Bert().Email);
    }

    private async Task MailByAsync(int port)
    {
        var faults = await _accounts.App.Services.GetRequiredService<ChannelBook>().SaveAsync([new ChannelConfig { Name = "post", Kind = "mail", Host = "127.0.0.1", Port = port, From = "dash@example.org", To = ["ops@example.org"] }], default);
        Assert.Empty(faults);
    }
}
