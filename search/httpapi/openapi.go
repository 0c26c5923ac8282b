package httpapi

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"strconv"
)

// openapi answers /openapi.json: the table of routes in the form of OpenAPI 3.1 (spec.openapis.org/oas/v3.1.1).
func (a *api) openapi(params) (work, error) {
	return func(context.Context) (any, error) { return a.description(), nil }, nil
}

// object is an object of JSON, written with its keys in order of the alphabet.
type object = map[string]any

func (a *api) description() object {
	schemas := schemas{}
	paths := object{}
	for _, rt := range a.routes() {
		paths[rt.path] = object{"get": a.operation(rt, schemas)}
	}
	responses := object{"NotModified": object{"description": "The client has this answer already, as its If-None-Match says."}}
	for status, codes := range codesByStatus() {
		responses[strconv.Itoa(status)] = object{
			"description": http.StatusText(status) + ": " + codes,
			"content":     object{mediaJSON: object{"schema": schemas.of(reflect.TypeFor[errorAnswer]())}},
		}
	}
	return object{
		"openapi": "3.1.1",
		"info": object{
			"title": "chaja", "version": "1", "summary": "Full-text search for a site of Markdown posts in Korean and English",
			"description": "Fields that end in _html are escaped text with <mark> around what matched and no other markup. " +
				"HEAD and OPTIONS are answered wherever GET is. Errors are in the language of Accept-Language, Korean or English. " +
				"Unknown parameters are ignored.",
			"license": object{"name": "Apache-2.0", "identifier": "Apache-2.0"},
		},
		"paths":      paths,
		"components": object{"schemas": object(schemas), "responses": responses},
	}
}

// codesByStatus lists the codes of errors that a status may stand for.
func codesByStatus() map[int]string {
	codes := map[int]string{}
	for _, f := range append(faults, faultOf(&badParameter{}), faultOf(fmt.Errorf("anything"))) {
		if codes[f.status] != "" {
			codes[f.status] += ", "
		}
		codes[f.status] += f.code
	}
	return codes
}

func (a *api) operation(rt route, schemas schemas) object {
	schema := schemas.of(reflect.TypeOf(rt.answer))
	responses := object{
		"200": object{"description": "the answer", "content": object{rt.media: object{"schema": schema}}},
	}
	refer := func(status string) { responses[status] = object{"$ref": "#/components/responses/" + status} }
	for _, status := range rt.failures(a.Rate > 0) {
		refer(strconv.Itoa(status))
	}
	if rt.asksIndex {
		responses["304"] = object{"$ref": "#/components/responses/NotModified"}
	}
	parameters := []object{}
	for _, p := range rt.params {
		parameters = append(parameters, p.describe())
	}
	return object{"operationId": rt.name, "summary": rt.about, "parameters": parameters, "responses": responses}
}

// failures are the statuses of errors that a route may answer.
func (rt route) failures(limits bool) (statuses []int) {
	if len(rt.params) > 0 {
		statuses = append(statuses, http.StatusBadRequest)
	}
	if rt.ofPost {
		statuses = append(statuses, http.StatusNotFound)
	}
	if limits && !rt.probe {
		statuses = append(statuses, http.StatusTooManyRequests)
	}
	if rt.asksIndex || rt.path == "/readyz" {
		statuses = append(statuses, http.StatusServiceUnavailable)
	}
	return append(statuses, http.StatusInternalServerError)
}

// describe writes a parameter with its limits.
func (d param) describe() object {
	schema := object{"type": "string", "maxLength": d.bytes()}
	switch d.kind {
	case textsKind:
		schema = object{"type": "array", "items": schema, "maxItems": MaxFilters}
	case numberKind:
		schema = object{"type": "integer", "minimum": 1, "maximum": d.limit, "default": d.absent}
	case flagKind:
		schema = object{"type": "string", "enum": []string{"0", "1"}, "default": "0"}
	case dateKind:
		schema = object{"type": "string", "pattern": `^\d{4}(-\d{2}(-\d{2})?)?$`}
	case choiceKind:
		schema = object{"type": "string", "enum": d.choices, "default": d.choices[0]}
	case langKind:
		schema["pattern"] = "^[0-9A-Za-z-]*$"
	}
	described := object{"name": d.name, "in": "query", "required": d.required, "description": d.about, "schema": schema}
	switch {
	case d.example != "" && d.kind == textsKind:
		described["example"] = []string{d.example}
	case d.example != "":
		described["example"] = d.example
	}
	return described
}
