package httpapi

import (
	"cmp"
	"context"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// openapi answers /openapi.json: the table of routes in the form of OpenAPI 3.1 (spec.openapis.org/oas/v3.1.1).
func (a *api) openapi(context.Context) (any, error) { return a.description(), nil }

// object is an object of JSON, written with its keys in order of the alphabet.
type object = map[string]any

func (a *api) description() object {
	schemas, responses, paths, security := schemas{}, object{}, object{}, object{}
	for _, rt := range a.routes() {
		if rt.admin {
			security["token"] = object{"type": "http", "scheme": "bearer", "description": "the token that the server was given with --admin-token-file"}
		}
		paths[rt.path] = object{strings.ToLower(cmp.Or(rt.method, http.MethodGet)): a.operation(rt, schemas, responses)}
	}
	text := object{"type": "string"}
	return object{
		"openapi": "3.1.1",
		"info": object{
			"title": "chaja", "version": "1", "summary": "Full-text search for a site of Markdown posts in Korean and English",
			"description": "Fields that end in _html are escaped text with <mark> around what matched and no other markup. " +
				"More fields may be added to every object. HEAD and OPTIONS are answered wherever GET is; other methods get 405, but for POST where it is described. " +
				"Unknown parameters are ignored.",
			"license": object{"name": "Apache-2.0", "identifier": "Apache-2.0"},
		},
		"paths": paths,
		"components": object{
			"schemas": object(schemas), "responses": responses,
			"headers": object{
				"ETag":          object{"schema": text, "description": "changes when the answer may; absent while there is no index"},
				"Retry-After":   object{"schema": object{"type": "integer"}, "description": "seconds after which to ask again"},
				requestIDHeader: object{"schema": text, "description": "names the request in the server's log"},
			},
			"parameters": object{
				"Accept-Language": object{"name": "Accept-Language", "in": "header", "schema": text, "description": "the language of errors, such as ko or en", "example": "ko"},
				"If-None-Match":   object{"name": "If-None-Match", "in": "header", "schema": text, "description": "the ETag of the answer one has already"},
			},
			"securitySchemes": security,
		},
	}
}

func refer(kind, name string) object { return object{"$ref": "#/components/" + kind + "/" + name} }

// headers describes headers of an answer. Every answer has a request ID.
func headers(names ...string) object {
	described := object{requestIDHeader: refer("headers", requestIDHeader)}
	for _, name := range names {
		described[name] = refer("headers", name)
	}
	return described
}

// operation describes a route. It adds the components that it refers to to schemas and responses.
func (a *api) operation(rt route, schemas schemas, responses object) object {
	parameters, good, answers := []object{refer("parameters", "Accept-Language")}, headers(), object{}
	if rt.asksIndex {
		parameters, good = append(parameters, refer("parameters", "If-None-Match")), headers("ETag")
		responses["304"] = object{"description": "The client has this answer already, as its If-None-Match says.", "headers": good}
		answers["304"] = refer("responses", "304")
	}
	content := object{rt.media: object{"schema": schemas.of(reflect.TypeOf(rt.answer))}}
	answers[strconv.Itoa(rt.good())] = object{"description": "the answer", "headers": good, "content": content}
	for _, status := range rt.failures(a.Rate > 0) {
		name := strconv.Itoa(status)
		responses[name] = failure(status, schemas)
		answers[name] = refer("responses", name)
	}
	responses["431"], answers["431"] = tooLong(), refer("responses", "431")
	params, _ := rt.begin("")
	for _, p := range params {
		parameters = append(parameters, p.describe())
	}
	operation := object{"operationId": rt.name, "summary": rt.about, "parameters": parameters, "responses": answers}
	if rt.admin {
		operation["security"] = []object{{"token": []string{}}}
	}
	return operation
}

// good is the status of an answer that is no error.
func (rt route) good() int {
	if rt.method == http.MethodPost {
		return http.StatusAccepted
	}
	return http.StatusOK
}

// failure describes the errors that a status may stand for.
func failure(status int, schemas schemas) object {
	codes, has := []string{}, headers()
	for _, f := range faults {
		if f.status != status {
			continue
		}
		codes = append(codes, f.code)
		if f.retry > 0 {
			has = headers("Retry-After")
		}
	}
	return object{
		"description": http.StatusText(status) + ": " + strings.Join(codes, ", "), "headers": has,
		"content": object{mediaJSON: object{"schema": schemas.of(reflect.TypeFor[errorAnswer]())}},
	}
}

// failures are the statuses of errors that a route may answer.
func (rt route) failures(limits bool) (statuses []int) {
	if rt.ask != nil {
		statuses = append(statuses, http.StatusBadRequest)
	}
	if rt.ofPost {
		statuses = append(statuses, http.StatusNotFound)
	}
	if rt.admin {
		statuses = append(statuses, http.StatusUnauthorized, http.StatusConflict)
	}
	if limits && !rt.probe {
		statuses = append(statuses, http.StatusTooManyRequests)
	}
	if rt.asksIndex || rt.path == "/readyz" {
		statuses = append(statuses, http.StatusServiceUnavailable)
	}
	return append(statuses, http.StatusInternalServerError)
}

// calendar matches the days that there are, the months and the years, as ECMA-262 and all others write patterns.
const calendar = `^([0-9]{4}|[0-9]{4}-(0[1-9]|1[0-2])|[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|` +
	`(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|` +
	`([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)?$`

// describe writes a parameter with its limits. An empty value is one that is not given, so the schema takes it, unless the
// parameter has to be given. JSON Schema counts characters, and what is limited are bytes: that limit is an extension.
func (p param) describe() object {
	schema := object{"type": "string", "x-maxBytes": p.bytes()}
	var example any = p.example
	switch p.to.(type) {
	case *[]string:
		schema = object{"type": "array", "items": schema, "maxItems": MaxFilters}
		example = []string{p.example}
	case *int:
		number := object{"type": "integer", "minimum": 1, "maximum": p.limit}
		schema = object{"anyOf": []object{number, {"type": "string", "maxLength": 0}}, "default": p.absent}
	case *bool:
		schema = object{"type": "string", "enum": []string{"0", "1", ""}, "default": "0"}
	case *time.Time:
		schema = object{"type": "string", "pattern": calendar}
	}
	if p.choices != nil {
		schema = object{"type": "string", "enum": append(slices.Clone(p.choices), ""), "default": p.choices[0]}
	}
	if p.pattern != nil {
		schema["pattern"] = p.pattern.String()
	}
	if p.required {
		schema["minLength"] = 1
	}
	described := object{"name": p.name, "in": "query", "required": p.required, "description": p.about, "schema": schema}
	if p.example != "" {
		described["example"] = example
	}
	return described
}

// tooLong is what net/http itself answers to a header that is too long.
func tooLong() object {
	return object{
		"description": http.StatusText(http.StatusRequestHeaderFieldsTooLarge) + ": all the header, with the address, has at most " +
			strconv.Itoa(maxHeaderBytes>>10) + " KiB",
		"content": object{"text/plain": object{"schema": object{"type": "string"}}},
	}
}
