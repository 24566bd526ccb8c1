using System.Net;
using System.Text.RegularExpressions;
using LiveDash.Core.Accounts;
using LiveDash.Core.Accounts.Audit;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;
using LiveDash.Web.Security.Identity;
using LiveDash.Web.Security.Secrets;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;

namespace LiveDash.Tests.Web.Security;

/// <summary>Codes of an authenticator app, made from the key that the page shows.</summary>
public sealed class SecondFactorTests(AccountsFixture fixture) : IClassFixture<AccountsFixture>
{
    private readonly AccountsApp _accounts = fixture.Accounts;

    private AccountBook Book => _accounts.App.Services.GetRequiredService<AccountBook>();

    private AccountDesk Desk => _accounts.App.Services.GetRequiredService<AccountDesk>();

    [Fact]
    public async Task Account_WithAnApp_IsAskedForACodeThatIsTakenOnce()
    {
        using var here = await _accounts.SignedInAsync("anna", address: "10.1.0.1");
        using var elsewhere = await _accounts.SignedInAsync("anna", address: "10.1.0.2");
        var (key, _) = await SetUpAsync(here);
        // With the new factor every other session has ended.
        Assert.Equal(HttpStatusCode.OK, await here.StatusAsync("/api/series"));
        Assert.Equal(HttpStatusCode.Unauthorized, await elsewhere.StatusAsync("/api/series"));

        using var phone = new Person(_accounts.App, "10.1.0.3");
        Assert.Equal("/sign-in/second-factor?returnUrl=%2Frules", await LocationAsync(phone.SignInAsync("anna", path: "/sign-in?returnUrl=%2Frules")));
        // Half a sign-in opens nothing.
        Assert.Equal(HttpStatusCode.Unauthorized, await phone.StatusAsync("/api/series"));
        fixture.Time.Set(TimeSpan.FromSeconds(30));
        Assert.Null(await LocationAsync(CodeAsync(phone, "000000")));
        Assert.Equal("/rules", await LocationAsync(CodeAsync(phone, Code(key), "/sign-in/second-factor?returnUrl=%2Frules")));
        Assert.Equal(HttpStatusCode.OK, await phone.StatusAsync("/api/series"));

        // The code that somebody saw over the shoulder is no use, nor is the one before it.
        using var thief = new Person(_accounts.App, "10.1.0.4");
        using var half = await thief.SignInAsync("anna");
        Assert.Null(await LocationAsync(CodeAsync(thief, Code(key))));
        Assert.Null(await LocationAsync(CodeAsync(thief, Code(key, -30))));
        Assert.Equal(HttpStatusCode.Unauthorized, await thief.StatusAsync("/api/series"));
    }

    [Fact]
    public async Task RecoveryCode_InThePlaceOfTheApp_IsTakenOnce()
    {
        using var here = await _accounts.SignedInAsync("bert", address: "10.2.0.1");
        var (_, recovery) = await SetUpAsync(here);
        Assert.Equal(FactorBook.RecoveryCodes, recovery.Distinct().Count());
        using var first = new Person(_accounts.App, "10.2.0.2");
        using var half = await first.SignInAsync("bert");
        Assert.NotNull(await LocationAsync(CodeAsync(first, recovery[0].ToLowerInvariant())));
        Assert.Equal(HttpStatusCode.OK, await first.StatusAsync("/api/series"));

        using var second = new Person(_accounts.App, "10.2.0.3");
        using var again = await second.SignInAsync("bert");
        Assert.Null(await LocationAsync(CodeAsync(second, recovery[0])));
        Assert.Contains("9 of 10 recovery codes are left", await (await here.PageAsync("/account/second-factor")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_WrongOnesAfterARightPassword_LockTheAccountAsPasswordsDo()
    {
        using var here = await _accounts.SignedInAsync("carl", address: "10.3.0.1");
        await SetUpAsync(here);
        var id = Book.FindByName("CARL")!.Id;
        await Book.UpdateAsync(id, static known => known with { FailedCount = 8 }, default);
        using var guesser = new Person(_accounts.App, "10.3.0.2");

        // A password that is right does not begin the count anew: who knows it would have codes without end.
        Assert.NotNull(await LocationAsync(guesser.SignInAsync("carl")));
        Assert.Equal(8, Book.Find(id)!.FailedCount);
        using var one = await CodeAsync(guesser, "000001");
        using var two = await CodeAsync(guesser, "000002");

        Assert.NotNull(Book.Find(id)!.LockedUntil);
        using var owner = new Person(_accounts.App, "10.3.0.3");
        Assert.Null(await LocationAsync(owner.SignInAsync("carl")));
    }

    [Fact]
    public async Task Codes_WrongOnesAtOnce_CountEachOne()
    {
        using var here = await _accounts.SignedInAsync("lars", address: "10.11.0.1");
        await SetUpAsync(here);
        var id = Book.FindByName("LARS")!.Id;
        var halves = new List<Person>();
        for (var i = 0; i < 3; i++)
        {
            halves.Add(new Person(_accounts.App, $"10.11.1.{i}"));
            (await halves[i].SignInAsync("lars")).Dispose();
        }

        var tries = await Task.WhenAll(halves.Select(static (half, i) => CodeAsync(half, $"00000{i}")));

        foreach (var one in tries) one.Dispose();
        Assert.Equal(3, Book.Find(id)!.FailedCount);
        foreach (var half in halves) half.Dispose();
    }

    [Fact]
    public async Task Code_OfAnotherTime_IsTakenWithinHalfAMinuteAlone()
    {
        using var here = await _accounts.SignedInAsync("dora", address: "10.4.0.1");
        var (key, _) = await SetUpAsync(here);
        fixture.Time.Set(TimeSpan.FromMinutes(10));
        using var person = new Person(_accounts.App, "10.4.0.2");
        using var half = await person.SignInAsync("dora");

        Assert.Null(await LocationAsync(CodeAsync(person, Code(key, -60))));
        Assert.Null(await LocationAsync(CodeAsync(person, Code(key, 60))));
        Assert.NotNull(await LocationAsync(CodeAsync(person, Code(key, -30))));
    }

    [Fact]
    public async Task Half_AfterAnotherPasswordOrTooLong_BeginsAnew()
    {
        using var here = await _accounts.SignedInAsync("emil", address: "10.5.0.1");
        await SetUpAsync(here);
        using var half = new Person(_accounts.App, "10.5.0.2");
        using var first = await half.SignInAsync("emil");
        await Book.UpdateAsync(Book.FindByName("EMIL")!.Id, static known => known with { SecurityStamp = "another" }, default);
        Assert.Equal("/sign-in", await LocationAsync(half.PageAsync("/sign-in/second-factor")));

        using var slow = new Person(_accounts.App, "10.5.0.3");
        using var second = await slow.SignInAsync("emil");
        fixture.Time.Set(SecondFactorDesk.Patience + TimeSpan.FromSeconds(1));
        Assert.Equal("/sign-in", await LocationAsync(slow.PageAsync("/sign-in/second-factor")));
    }

    [Fact]
    public async Task Reset_OfThePassword_IsNoWayAroundTheSecondFactor()
    {
        using var here = await _accounts.SignedInAsync("fritz", address: "10.6.0.1");
        var (key, _) = await SetUpAsync(here);
        var (path, _) = await Desk.ResetAsync(Book.FindByName("FRITZ")!, "root");
        using var person = new Person(_accounts.App, "10.6.0.2");

        Assert.Equal("/sign-in/second-factor", await LocationAsync(person.SubmitAsync("/" + path, ("Form.Password", "another four words"), ("Form.Again", "another four words"))));

        Assert.Equal(HttpStatusCode.Unauthorized, await person.StatusAsync("/api/series"));
        fixture.Time.Set(TimeSpan.FromSeconds(60));
        Assert.Equal("/", await LocationAsync(CodeAsync(person, Code(key))));
        Assert.Equal(HttpStatusCode.OK, await person.StatusAsync("/api/series"));
    }

    [Fact]
    public async Task Required_OfARole_IsSetUpWhileSigningInAndNotTakenOff()
    {
        using var owner = await _accounts.SignedInAsync("gerd", AccountRole.Administrator, "10.7.0.1");
        using var editor = await _accounts.SignedInAsync("hans", AccountRole.Editor, "10.7.0.2");
        var by = Book.FindByName("GERD")!.Id;
        await Assert.ThrowsAsync<AccountRuleException>(() => Desk.RequireFactorAsync(AccountRole.Editor, by));
        await SetUpAsync(owner);
        await Desk.RequireFactorAsync(AccountRole.Editor, by);

        // What he had open without one has ended.
        Assert.Equal(HttpStatusCode.Unauthorized, await editor.StatusAsync("/api/series"));
        using var again = new Person(_accounts.App, "10.7.0.3");
        using var half = await again.SignInAsync("hans");
        using var page = await again.PageAsync("/sign-in/second-factor");
        var key = KeyOf(await page.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await again.StatusAsync("/api/series"));
        using var done = await CodeAsync(again, Code(key));
        Assert.Contains("Recovery codes", await done.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await again.StatusAsync("/api/series"));

        fixture.Time.Set(TimeSpan.FromSeconds(60));
        using var off = await again.SubmitAsync("/account/second-factor", ("Form.Code", Code(key)), ("Form.Password", Person.Password), ("Form.Do", "off"));
        Assert.Contains("a must for your role", await off.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Desk.RequireFactorAsync(null, by);
    }

    [Fact]
    public async Task Factor_TakenOffByItsOwnerOrAnAdministrator_IsAskedForNoMore()
    {
        using var here = await _accounts.SignedInAsync("ida", address: "10.8.0.1");
        var (key, _) = await SetUpAsync(here);
        fixture.Time.Set(TimeSpan.FromSeconds(60));
        Assert.Null(await LocationAsync(here.SubmitAsync("/account/second-factor", ("Form.Code", Code(key)), ("Form.Password", "not the password"), ("Form.Do", "off"))));
        Assert.NotNull(await LocationAsync(here.SubmitAsync("/account/second-factor", ("Form.Code", Code(key)), ("Form.Password", Person.Password), ("Form.Do", "off"))));
        Assert.Equal(HttpStatusCode.OK, await here.StatusAsync("/api/series"));

        await SetUpAsync(here);
        await Desk.TakeOffFactorAsync(Book.FindByName("IDA")!);

        Assert.Equal(HttpStatusCode.Unauthorized, await here.StatusAsync("/api/series"));
        using var lost = await _accounts.SignedInAsync("ida", address: "10.8.0.2");
        Assert.Equal(HttpStatusCode.OK, await lost.StatusAsync("/api/series"));
    }

    [Fact]
    public async Task Mail_OfAnAccountWithAnApp_ChangesWithPasswordAndCodeAlone()
    {
        using var here = await _accounts.SignedInAsync("kurt", address: "10.10.0.1");
        var (key, _) = await SetUpAsync(here);
        fixture.Time.Set(TimeSpan.FromSeconds(60));
        Assert.Contains("Form.Code", await (await here.PageAsync("/account/mail")).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        Assert.Null(await LocationAsync(here.SubmitAsync("/account/mail", ("Form.Mail", "thief@example.org"), ("Form.Password", Person.Password))));
        Assert.Null(await LocationAsync(here.SubmitAsync("/account/mail", ("Form.Mail", "thief@example.org"), ("Form.Password", Person.Password), ("Form.Code", "000000"))));
        Assert.Null(Book.FindByName("KURT")!.Email);

        Assert.NotNull(await LocationAsync(here.SubmitAsync("/account/mail", ("Form.Mail", "kurt@example.org"), ("Form.Password", Person.Password), ("Form.Code", Code(key)))));
        Assert.Equal("kurt@example.org", Book.FindByName("KURT")!.Email);
    }

    [Fact]
    public async Task Setup_ByAForgottenBrowser_NeedsThePasswordIsEncryptedAndToldToTheAudit()
    {
        using var here = await _accounts.SignedInAsync("jana", address: "10.9.0.1");
        using var page = await here.PageAsync("/account/second-factor");
        var html = await page.Content.ReadAsStringAsync();
        var key = KeyOf(html);
        // Drawn here, and asked for again the page shows the same.
        Assert.Matches("<svg class=\"qr\"[^>]*>.*<path d=\"M4 4h7v1h-7z", html);
        Assert.Equal(key, KeyOf(await (await here.PageAsync("/account/second-factor")).Content.ReadAsStringAsync()));

        // One that waited long is replaced: somebody may have seen it.
        fixture.Time.Set(SecondFactorDesk.Patience + TimeSpan.FromSeconds(1));
        var old = key;
        key = KeyOf(await (await here.PageAsync("/account/second-factor")).Content.ReadAsStringAsync());
        Assert.NotEqual(old, key);

        using (var wrong = await here.SubmitAsync("/account/second-factor", ("Form.Code", Code(key)), ("Form.Password", "not the password"))) Assert.Contains("The password is not right.", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var id = Book.FindByName("JANA")!.Id;
        Assert.False(_accounts.App.Services.GetRequiredService<FactorBook>().IsOn(id));
        await SetUpAsync(here);

        var kept = await _accounts.App.Services.GetRequiredKeyedService<IDocumentStore>(SecretsServices.Plain).GetAsync(FactorBook.Kind, id, default);
        Assert.True(kept.AsSpan().StartsWith(SealedStore.Mark));
        var entries = _accounts.App.Services.GetRequiredService<AuditLog>().Find(new AuditFilter(Who: "jana"), 100);
        Assert.Contains(entries, static entry => entry.Action == "second-factor.on");
        Assert.DoesNotContain(entries, entry => $"{entry.Before}{entry.After}".Contains(key, StringComparison.Ordinal));
    }

    private static Task<HttpResponseMessage> CodeAsync(Person person, string code, string path = "/sign-in/second-factor") => person.SubmitAsync(path, ("Form.Code", code));

    private static string KeyOf(string html) =>
        Regex.Match(html, "<code data-secret>([A-Z2-7 ]+)</code>").Groups[1].Value.Replace(" ", "", StringComparison.Ordinal) is { Length: > 0 } key ? key : throw new InvalidOperationException(html);

    private async Task<string?> LocationAsync(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        return answer.Headers.Location is { } location ? new Uri(_accounts.App.Address, location).PathAndQuery : null;
    }

    private async Task<(string Key, IReadOnlyList<string> Recovery)> SetUpAsync(Person person)
    {
        using var page = await person.PageAsync("/account/second-factor");
        var key = KeyOf(await page.Content.ReadAsStringAsync());
        using var done = await person.SubmitAsync("/account/second-factor", ("Form.Code", Code(key)), ("Form.Password", Person.Password));
        var html = await done.Content.ReadAsStringAsync();
        Assert.Contains("Recovery codes", html, StringComparison.Ordinal);
        return (key, [.. Regex.Matches(html, "<li><code data-secret>([^<]+)").Select(static match => match.Groups[1].Value)]);
    }

    private string Code(string key, int seconds = 0) => new Totp(Base32Encoding.ToBytes(key)).ComputeTotp(fixture.Time.GetUtcNow().UtcDateTime.AddSeconds(seconds));
}
