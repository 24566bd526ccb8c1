using System.Net;
using System.Text.RegularExpressions;

namespace LiveDash.Tests.Shared;

/// <summary>Somebody with a browser's manners but no browser: keeps cookies, fills in forms with their antiforgery tokens, follows no redirect.</summary>
internal sealed partial class Person : IDisposable
{
    public const string Password = "three blind mice run";

    private readonly HttpClient _client;

    public Person(LiveApp app, string? address = null)
    {
        Cookies = new CookieContainer();
        _client = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = app.Address };
        if (address is not null) _client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
    }

    /// <summary>Somebody who comes by another way than straight to the app, such as through a proxy.</summary>
    /// <param name="address">What is in the browser's address bar.</param>
    /// <param name="handler">The way; it keeps the cookies that it is given.</param>
    public Person(Uri address, Func<CookieContainer, HttpMessageHandler> handler)
    {
        Cookies = new CookieContainer();
        _client = new HttpClient(handler(Cookies)) { BaseAddress = address };
    }

    public CookieContainer Cookies { get; }

    public HttpClient Client => _client;

    /// <summary>Asks for a page as a browser does.</summary>
    public async Task<HttpResponseMessage> PageAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/html");
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return await _client.SendAsync(request);
    }

    /// <summary>Fills in the form of a page and sends it.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string path, params (string Name, string Value)[] fields)
    {
        using var page = await PageAsync(path);
        var html = await page.Content.ReadAsStringAsync();
        var hidden = Hidden().Matches(html).Select(static match => KeyValuePair.Create(WebUtility.HtmlDecode(match.Groups[1].Value), WebUtility.HtmlDecode(match.Groups[2].Value)))
            .Where(one => fields.All(field => field.Name != one.Key)).DistinctBy(static one => one.Key).ToList();
        Assert.True(hidden.Count > 0, html);
        using var content = new FormUrlEncodedContent([.. hidden, .. fields.Select(static field => KeyValuePair.Create(field.Name, field.Value))]);
        return await _client.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    /// <summary>Signs in.</summary>
    public Task<HttpResponseMessage> SignInAsync(string name, string password = Password, string path = "/sign-in") => SubmitAsync(path, ("Form.Name", name), ("Form.Password", password));

    /// <summary>Uses a one-time address.</summary>
    public Task<HttpResponseMessage> JoinAsync(string token, string name, string password = Password) =>
        SubmitAsync("/join/" + token, ("Form.Name", name), ("Form.Password", password), ("Form.Again", password));

    /// <summary>Signs out by the form of the account's page.</summary>
    public async Task<HttpResponseMessage> SignOutAsync(bool everywhere = false)
    {
        using var page = await PageAsync("/account");
        var token = Hidden().Matches(await page.Content.ReadAsStringAsync()).First(static match => match.Groups[1].Value == "__RequestVerificationToken").Groups[2].Value;
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token), KeyValuePair.Create("everywhere", everywhere ? "true" : "")]);
        return await _client.PostAsync(new Uri("/account/sign-out", UriKind.Relative), content);
    }

    /// <summary>The status that a path answers with.</summary>
    public async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
